// violates: door-workflows
import '../workflows/window.ts'

// violates: door-evidence
import '../evidence/window.ts'

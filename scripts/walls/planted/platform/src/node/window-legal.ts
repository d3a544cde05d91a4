// violates: door-legal
import '../legal/window.ts'

// violates: door-verify
import '../verify/window.ts'

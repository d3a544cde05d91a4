// violates: door-kernel
import '../kernel/window.ts'

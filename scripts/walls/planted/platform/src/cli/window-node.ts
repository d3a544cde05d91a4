// violates: door-node
import '../node/window.ts'

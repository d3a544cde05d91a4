// violates: door-chains
import '../chains/window.ts'

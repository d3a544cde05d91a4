// violates: door-exchange
import '../exchange/window.ts'

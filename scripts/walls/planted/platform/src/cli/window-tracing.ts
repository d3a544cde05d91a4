// violates: door-tracing
import '../tracing/window.ts'

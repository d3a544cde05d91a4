// violates: web-imports-doors
import '../../platform/src/tracing/window.ts'

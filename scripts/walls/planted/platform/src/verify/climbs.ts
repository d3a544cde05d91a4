// violates: stairs-verify
import '../tracing/index.ts'

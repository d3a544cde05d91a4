// violates: stairs-chains
import '../tracing/index.ts'

// violates: stairs-chains-plumbing
import '../../tracing/index.ts'

// violates: stairs-verify-plumbing
import '../../tracing/index.ts'

// violates: stairs-kernel-plumbing
import '../../tracing/index.ts'

// violates: stairs-tracing-plumbing
import '../../cli/command.ts'

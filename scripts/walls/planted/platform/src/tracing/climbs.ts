// violates: stairs-tracing
import '../cli/command.ts'

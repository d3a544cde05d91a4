// violates: edges-are-not-imported
import '../cli/command.ts'

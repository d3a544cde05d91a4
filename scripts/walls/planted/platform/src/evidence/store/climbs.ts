// violates: stairs-evidence-plumbing
import '../../casework/index.ts'

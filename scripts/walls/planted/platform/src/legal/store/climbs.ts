// violates: stairs-legal-plumbing
import '../../casework/index.ts'

// violates: stairs-evidence
import '../casework/index.ts'

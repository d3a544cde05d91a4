// violates: stairs-legal
import '../casework/index.ts'

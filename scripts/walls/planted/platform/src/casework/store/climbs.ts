// violates: stairs-casework-plumbing
import '../../workflows/index.ts'

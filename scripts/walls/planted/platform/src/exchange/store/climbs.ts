// violates: stairs-exchange-plumbing
import '../../workflows/index.ts'

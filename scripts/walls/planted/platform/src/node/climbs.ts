// violates: stairs-node
import '../verify/index.ts'

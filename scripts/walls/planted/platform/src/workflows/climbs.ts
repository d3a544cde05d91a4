// violates: stairs-workflows
import '../node/index.ts'

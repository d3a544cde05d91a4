// violates: stairs-workflows-plumbing
import '../../node/index.ts'

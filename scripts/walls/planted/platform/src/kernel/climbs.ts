// violates: stairs-kernel
import '../chains/index.ts'

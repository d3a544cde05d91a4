// violates: stairs-cli
import '../verify/index.ts'
export const climbs = 1

// violates: rules-are-pure
import './store/rows.ts'

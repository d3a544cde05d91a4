// violates: door-casework
import '../casework/window.ts'

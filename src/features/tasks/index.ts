export { createTask, openTasks, type TaskPlan } from './service/open.ts'
export { cancelTasksOf, claimTask, observeTasksOf } from './service/settle.ts'
export { type AskedTask, tasksAbout } from './service/tasks-about.ts'
export { type TaskTemplate, type Words, wireTaskTemplates } from './templates.ts'

/** Side door of legal: packs from files, and calendars from the table of public holidays. */
export { holidayCalendars, knowsHolidays } from './holiday-calendars.ts'
export { packFolder, readPackFiles, readPacks } from './read-packs.ts'

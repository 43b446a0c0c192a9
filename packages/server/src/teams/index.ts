export { changeTeam, listTeams, makeTeam, removeTeam } from './keep-teams.ts'

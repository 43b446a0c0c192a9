export { followTeams } from './follow-teams.ts'
export { changeTeam, listTeams, makeTeam, removeTeam } from './keep-teams.ts'
export { lockTeam } from './lock-team.ts'

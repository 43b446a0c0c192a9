export const push = {
  'push.title': 'Notifications in this browser',
  'push.how': 'A new message or question is shown on this device while the desk is closed here. A click opens it.',
  'push.on': 'Notify me in this browser',
  'push.words': 'Show who writes and what, on the lock screen too',
  'push.wordsHow': 'Off: it only says that something is new.',
  'push.denied':
    'This browser does not allow notifications from this page. Allow them in its settings, next to the address.',
  'push.none':
    'This browser offers no notifications here. On an iPhone or iPad, add this page to the home screen first.',
}

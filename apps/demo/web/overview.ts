for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? '')
    button.classList.add('copied')
    setTimeout(() => button.classList.remove('copied'), 1500)
  })
}

export {}

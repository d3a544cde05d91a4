/** Light, dark or high contrast: as the user chose, else as the system has it. */
export const themes = ['system', 'light', 'dark', 'contrast'] as const
export type Theme = (typeof themes)[number]

const KEPT = 'comity.theme'
const dark = window.matchMedia('(prefers-color-scheme: dark)')
const contrast = window.matchMedia('(prefers-contrast: more)')

export function chosenTheme(): Theme {
  try {
    const kept = window.localStorage.getItem(KEPT)
    return themes.find((one) => one === kept) ?? 'system'
  } catch {
    return 'system'
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    window.localStorage.setItem(KEPT, theme)
  } catch {
    // Where nothing is kept it holds for this page.
  }
  show(theme)
}

export function beginTheme(): void {
  show(chosenTheme())
  for (const query of [dark, contrast]) query.addEventListener('change', () => show(chosenTheme()))
}

function show(theme: Theme): void {
  const now = theme === 'system' ? (contrast.matches ? 'contrast' : dark.matches ? 'dark' : 'light') : theme
  document.documentElement.dataset.theme = now
}

import {
  Alert,
  Badge,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Tooltip,
} from '@mantine/core'

/** The look of the console; contrasts are chosen so that every text reaches 4.5 : 1 in light and dark. */
export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 7, dark: 7 },
  autoContrast: true,
  cursorType: 'pointer',
  defaultRadius: 'md',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "PingFang SC", "Hiragino Sans GB", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Noto Sans Mono CJK SC", monospace',
  headings: { fontWeight: '650' },
  components: {
    // The colour stays in border and icon; as text it falls short of 4.5 : 1.
    Alert: Alert.extend({ styles: { title: { color: 'var(--mantine-color-text)' } } }),
    Badge: Badge.extend({ styles: { label: { textTransform: 'none' } } }),
    // A long label goes on in a second line rather than out of a narrow screen (WCAG 1.4.4, 1.4.10).
    Button: Button.extend({
      styles: {
        root: {
          display: 'inline-flex',
          alignItems: 'center',
          justifyContent: 'center',
          height: 'auto',
          minHeight: 'var(--button-height)',
          maxWidth: '100%',
        },
        inner: { minWidth: 0 },
        label: {
          height: 'auto',
          minWidth: 0,
          lineHeight: 1.3,
          paddingBlock: 2,
          whiteSpace: 'normal',
          overflowWrap: 'anywhere',
        },
      },
    }),
    // The placeholder is no menu item, which a menu may not hold.
    Menu: Menu.extend({ defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.4 } },
      styles: {
        title: { fontWeight: 650, lineHeight: 1.3, overflowWrap: 'anywhere' },
      },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: 'md' } }),
    // Four choices stand side by side on a phone.
    SegmentedControl: SegmentedControl.extend({
      styles: { label: { paddingInline: 'clamp(5px, 1.5vw, 10px)' } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { withArrow: true, events: { hover: true, focus: true, touch: false } },
    }),
  },
})

/**
 * Dimmed and placeholder texts are darker (lighter in the dark) than Mantine's, and what is pointed at is lighter: with
 * those they fall short of 4.5 : 1.
 */
export function cssVariables(): ReturnType<CSSVariablesResolver> {
  return {
    // No last line of one word.
    variables: { '--mantine-text-wrap': 'pretty', '--mantine-heading-text-wrap': 'pretty' },
    light: {
      '--mantine-color-dimmed': '#5c636a',
      '--mantine-color-placeholder': '#646b72',
      '--mantine-color-error': '#c92a2a',
      '--mantine-color-anchor': '#364fc7',
      '--mantine-color-indigo-light-hover': '#ced9ff',
    },
    dark: {
      '--mantine-color-dimmed': '#a9afb6',
      '--mantine-color-placeholder': '#a9afb6',
      '--mantine-color-error': '#ff8787',
      '--mantine-color-anchor': '#91a7ff',
      // On a card Mantine's own is the card's colour: a button that is off would have no edge.
      '--mantine-color-disabled': 'var(--mantine-color-dark-5)',
      '--mantine-color-disabled-color': 'var(--mantine-color-dark-2)',
    },
  }
}

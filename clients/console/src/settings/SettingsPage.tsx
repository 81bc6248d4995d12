import { useSession } from "../data/session";
import { changeSettings, type Language, type Theme, useSettings } from "../data/settings";
import { Field } from "../parts/Field";
import { Heading } from "../parts/Heading";
import { loadTexts, useTexts } from "../texts";

/** What this browser remembers of the agent's wishes. */
export default function SettingsPage() {
    const texts = useTexts();
    const session = useSession();
    const { language, theme, keys, name } = useSettings();
    const choose = (next: Language) => {
        changeSettings({ language: next });
        void loadTexts(next);
    };
    return (
        <div class="settings">
            <Heading text={texts.settings.title} />
            <Field label={texts.settings.language}>
                {control => (
                    <select {...control} value={language} onChange={event => choose(event.currentTarget.value as Language)}>
                        <option value="en" lang="en">English</option>
                        <option value="de" lang="de">Deutsch</option>
                    </select>
                )}
            </Field>
            <Field label={texts.settings.theme}>
                {control => (
                    <select {...control} value={theme} onChange={event => changeSettings({ theme: event.currentTarget.value as Theme })}>
                        {(["system", "light", "dark"] as const).map(each => <option key={each} value={each}>{texts.settings.themes[each]}</option>)}
                    </select>
                )}
            </Field>
            <Field label={texts.issue.yourName} hint={texts.issue.yourNameHint}>
                {control => <input {...control} maxLength={200} value={name} onChange={event => changeSettings({ name: event.currentTarget.value.trim() })} />}
            </Field>
            <label class="row"><input type="checkbox" checked={keys} onChange={event => changeSettings({ keys: event.currentTarget.checked })} /> {texts.settings.keys}</label>
            <p class="quiet">{texts.settings.signedIn(session.name ?? texts.shell.anonymous)}</p>
        </div>
    );
}

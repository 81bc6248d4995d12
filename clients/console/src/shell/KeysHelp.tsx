import { Dialog } from "../parts/Dialog";
import { useTexts } from "../texts";

export function KeysHelp({ onClose }: { onClose: () => void }) {
    const texts = useTexts();
    return (
        <Dialog title={texts.keys.title} onClose={onClose}>
            <dl class="keys">
                {Object.entries(texts.keys.list).map(([key, meaning]) => (
                    <div key={key}>
                        <dt><kbd>{key}</kbd></dt>
                        <dd>{meaning}</dd>
                    </div>
                ))}
            </dl>
            <p class="quiet">{texts.keys.off}</p>
        </Dialog>
    );
}

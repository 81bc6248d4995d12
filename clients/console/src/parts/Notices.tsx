import { dismiss, notices } from "../data/notices";
import { useStore } from "../data/store";
import { useTexts } from "../texts";

/** What has been told, read aloud by screen readers: failures at once. */
export function Notices() {
    const texts = useTexts();
    const all = useStore(notices);
    return (
        <div class="notices">
            <div role="status">{all.filter(notice => !notice.isFailure).map(notice => <p key={notice.id} class="notice">{notice.text}</p>)}</div>
            <div role="alert">
                {all.filter(notice => notice.isFailure).map(notice => (
                    <p key={notice.id} class="notice failed">
                        {notice.text}
                        <button type="button" onClick={() => dismiss(notice.id)}>{texts.common.close}</button>
                    </p>
                ))}
            </div>
        </div>
    );
}

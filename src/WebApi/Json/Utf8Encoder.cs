using System.Buffers;
using System.Text.Encodings.Web;

namespace OrderIssues.WebApi.Json;

/// <summary>Escapes what JSON requires, and leaves all letters and emoji as UTF-8.</summary>
// JSON goes out as application/json, never inside HTML. The relaxed encoder escapes what is beyond the Basic Multilingual Plane.
internal sealed class Utf8Encoder : JavaScriptEncoder
{
    private const int FirstBeyondPlane = 0x10000;
    private static readonly JavaScriptEncoder Relaxed = UnsafeRelaxedJsonEscaping;

    public override int MaxOutputCharactersPerInputCharacter => Relaxed.MaxOutputCharactersPerInputCharacter;

    public override bool WillEncode(int unicodeScalar) => unicodeScalar < FirstBeyondPlane && Relaxed.WillEncode(unicodeScalar);

    public override unsafe int FindFirstCharacterToEncode(char* text, int textLength)
    {
        for (var start = 0; start < textLength;)
        {
            var found = Relaxed.FindFirstCharacterToEncode(text + start, textLength - start);
            if (found < 0)
            {
                return -1;
            }

            start += found;
            if (start + 1 == textLength || !char.IsSurrogatePair(text[start], text[start + 1]))
            {
                return start;
            }

            start += 2;
        }

        return -1;
    }

    public override unsafe bool TryEncodeUnicodeScalar(
        int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten) =>
        Relaxed.TryEncodeUnicodeScalar(unicodeScalar, buffer, bufferLength, out numberOfCharactersWritten);

    // Texts without surrogates take the relaxed encoder's fast path.
    public override OperationStatus Encode(
        ReadOnlySpan<char> source, Span<char> destination, out int charsConsumed, out int charsWritten, bool isFinalBlock = true) =>
        source.ContainsAnyInRange('\uD800', '\uDFFF')
            ? base.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock)
            : Relaxed.Encode(source, destination, out charsConsumed, out charsWritten, isFinalBlock);
}

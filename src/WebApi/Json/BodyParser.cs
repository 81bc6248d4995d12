using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace OrderIssues.WebApi.Json;

internal static partial class BodyParser
{
    private const int MaxPathLength = 100;
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="ProblemException">The body isn't a JSON object of that type.</exception>
    public static object Parse(ReadOnlySpan<byte> body, Type type, JsonSerializerOptions options)
    {
        if (body.IsEmpty)
        {
            throw new ProblemException(ProblemCode.MalformedBody, "The body is empty.");
        }

        if (!Utf8.IsValid(body) || body.StartsWith(ByteOrderMark))
        {
            throw new ProblemException(ProblemCode.MalformedBody, "The body must be UTF-8 without a byte order mark.");
        }

        try
        {
            return JsonSerializer.Deserialize(body, type, options)
                ?? throw new ProblemException(ProblemCode.MalformedBody, "The body must be a JSON object.");
        }
        catch (JsonException exception)
        {
            throw new ProblemException(ProblemCode.MalformedBody, DetailOf(exception.Path ?? ""));
        }
    }

    private static string DetailOf(string path) => path.Length < MaxPathLength && FieldPath().IsMatch(path)
        ? $"The body can't be read at {path[2..]}: it isn't JSON there, or the value has the wrong type, or the key came before."
        : "The body must be a JSON object, nested at most 32 deep.";

    // Paths of System.Text.Json: $.items[0].qty.
    [GeneratedRegex(@"\A\$(\.\w+(\[[0-9]+\])*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldPath();
}

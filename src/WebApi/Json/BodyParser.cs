using System.Text;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace OrderIssues.WebApi.Json;

internal static partial class BodyParser
{
    public const int MaxDepth = 32;
    private const int MaxPathLength = 100;
    private const string NoObject = "The body must be a JSON object.";
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <exception cref="ProblemException">The body isn't a JSON object of that type.</exception>
    public static object Parse(ReadOnlySpan<byte> body, Type type, JsonSerializerOptions options)
    {
        if (body.IsEmpty)
        {
            throw Malformed("The body is empty.");
        }

        if (!Utf8.IsValid(body) || body.StartsWith(ByteOrderMark))
        {
            throw Malformed("The body must be UTF-8 without a byte order mark.");
        }

        try
        {
            return JsonSerializer.Deserialize(body, type, options)
                ?? throw Malformed(NoObject);
        }
        catch (JsonException exception)
        {
            throw Malformed(DetailOf(exception, body));
        }
    }

    private static ProblemException Malformed(string detail) => new(ProblemCode.MalformedBody, detail);

    // Errors of the JSON itself have the reader's exception inside; those of its values don't.
    private static string DetailOf(JsonException exception, ReadOnlySpan<byte> body) =>
        exception.InnerException is JsonException ? SyntaxErrorOf(exception, body)
        : exception.GetBaseException() is InvalidOperationException && MalformedKeyIn(exception.Path ?? "$", body) is { } key ? key
        : exception.Path is null or "$" ? NoObject
        : exception.Message.StartsWith("Duplicate property", StringComparison.Ordinal) ? $"{KeyOf(exception.Path)} comes twice."
        : $"{KeyOf(exception.Path)} has a value of the wrong JSON type, or one that isn't well-formed Unicode.";

    private static string SyntaxErrorOf(JsonException exception, ReadOnlySpan<byte> body)
    {
        if (IsTooDeep(body))
        {
            return $"The body is nested deeper than {MaxDepth}.";
        }

        var start = 0;
        for (var passed = 0; passed < exception.LineNumber; passed++)
        {
            start += body[start..].IndexOf((byte)'\n') + 1;
        }

        return $"The body isn't JSON: {PlaceOf((int)Math.Min(start + (exception.BytePositionInLine ?? 0), body.Length), body)}.";
    }

    /// <summary>Tells the key whose escapes make no text, of an object with this path; null for none.</summary>
    private static string? MalformedKeyIn(string path, ReadOnlySpan<byte> body)
    {
        var depth = 1 + path.Count(character => character is '.' or '[');
        var reader = new Utf8JsonReader(body);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth && !IsText(reader))
                {
                    return $"{NameOf(reader.ValueSpan)} isn't well-formed Unicode: {PlaceOf((int)reader.TokenStartIndex, body)}.";
                }
            }
        }
        catch (JsonException)
        {
            // Broken after what the parser failed at.
        }

        return null;
    }

    private static bool IsText(Utf8JsonReader reader)
    {
        try
        {
            _ = reader.GetString();
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static string NameOf(ReadOnlySpan<byte> escaped) =>
        escaped.Length < MaxPathLength ? $"The key \"{Encoding.UTF8.GetString(escaped)}\"" : "A key";

    private static string PlaceOf(int index, ReadOnlySpan<byte> body)
    {
        var before = body[..index];
        var column = Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]);
        return $"see line {before.Count((byte)'\n') + 1}, column {column + 1}";
    }

    private static bool IsTooDeep(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = MaxDepth + 1 });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= MaxDepth && reader.TokenType is JsonTokenType.StartObject or JsonTokenType.StartArray)
                {
                    return true;
                }
            }
        }
        catch (JsonException)
        {
            // Broken before it is too deep.
        }

        return false;
    }

    private static string KeyOf(string path) =>
        path.Length < MaxPathLength && FieldPath().IsMatch(path) ? $"The key {path[2..]}" : "A key";

    // Paths of System.Text.Json: $.items[0].qty.
    [GeneratedRegex(@"\A\$(\.\w+(\[[0-9]+\])*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex FieldPath();
}

namespace OrderIssues.WebApi.Issues.Models;

/// <summary>Preference of a caller for a short response (RFC 7240 section 4.2).</summary>
internal static class Preferences
{
    public const string Header = "Prefer";
    public const string Applied = "Preference-Applied";
    public const string ReturnMinimal = "return=minimal";
    private const string Return = "return=";

    /// <summary>True for a caller that wants no body. Of several preferences of one name, the first counts.</summary>
    public static bool WantsMinimal(HttpRequest request) =>
        request.Headers[Header] is { Count: > 0 } header
        && request.HttpContext.GetEndpoint()?.Metadata.GetMetadata<IgnoresPreferenceAttribute>() is null
        && header.SelectMany(preferences => (preferences ?? "").Split(','))
            .Select(preference => string.Concat(preference.Split(';')[0].Where(character => character is not (' ' or '"'))))
            .FirstOrDefault(preference => preference.StartsWith(Return, StringComparison.OrdinalIgnoreCase)) is { } first
        && first.Equals(ReturnMinimal, StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes the response without a body; <c>ETag</c> is set.</summary>
    public static NoContentResult Minimal(HttpResponse response, string? location)
    {
        response.Headers[Applied] = ReturnMinimal;
        response.Headers.Location = location;
        return new NoContentResult();
    }
}

/// <summary>Marks an operation that always answers with a body.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class IgnoresPreferenceAttribute : Attribute;

namespace OrderIssues.WebApi.Errors;

internal static class ProblemTypes
{
    // Both enums use the same names.
    public static ProblemCode CodeOf(FailureCode failure) => Enum.Parse<ProblemCode>(failure.ToString());

    public static int StatusOf(ProblemCode code) => code switch
    {
        ProblemCode.MalformedBody or ProblemCode.ValidationFailed => StatusCodes.Status400BadRequest,
        ProblemCode.Unauthorized => StatusCodes.Status401Unauthorized,
        ProblemCode.Forbidden => StatusCodes.Status403Forbidden,
        ProblemCode.IssueNotFound or ProblemCode.TicketNotFound or ProblemCode.WebhookNotFound or ProblemCode.ViewNotFound
            or ProblemCode.RouteNotFound => StatusCodes.Status404NotFound,
        ProblemCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        ProblemCode.Conflict or ProblemCode.CountDiffers or ProblemCode.IssueMerged => StatusCodes.Status409Conflict,
        ProblemCode.EventsExpired => StatusCodes.Status410Gone,
        ProblemCode.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        ProblemCode.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        ProblemCode.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        ProblemCode.IdempotencyMismatch or ProblemCode.IssueFull => StatusCodes.Status422UnprocessableEntity,
        ProblemCode.RateLimited => StatusCodes.Status429TooManyRequests,
        ProblemCode.InternalError => StatusCodes.Status500InternalServerError,
        ProblemCode.TicketSourceFailed => StatusCodes.Status502BadGateway,
        ProblemCode.TicketSourceNotConfigured or ProblemCode.TicketSourceUnavailable or ProblemCode.StoreUnavailable
            or ProblemCode.QueryTimeout or ProblemCode.Overloaded or ProblemCode.RequestTimeout => StatusCodes.Status503ServiceUnavailable,
        ProblemCode.TicketSourceTimeout => StatusCodes.Status504GatewayTimeout,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    /// <summary>Writes a code as <c>issue_not_found</c>.</summary>
    public static string NameOf(ProblemCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    /// <summary>Writes a code as <c>Issue not found</c>.</summary>
    public static string TitleOf(ProblemCode code)
    {
        var words = NameOf(code).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}

/// <summary>Lists an operation's own failures for the OpenAPI document.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FailsAttribute(params FailureCode[] codes) : Attribute
{
    public IReadOnlyList<FailureCode> Codes { get; } = codes;
}

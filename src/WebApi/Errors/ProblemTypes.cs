using System.Text.Json;

namespace OrderIssues.WebApi.Errors;

/// <summary>What each failure is in HTTP.</summary>
internal static class ProblemTypes
{
    public static int StatusOf(FailureCode code) => code switch
    {
        FailureCode.MalformedBody or FailureCode.ValidationFailed => StatusCodes.Status400BadRequest,
        FailureCode.Unauthorized => StatusCodes.Status401Unauthorized,
        FailureCode.Forbidden => StatusCodes.Status403Forbidden,
        FailureCode.IssueNotFound or FailureCode.TicketNotFound or FailureCode.RouteNotFound => StatusCodes.Status404NotFound,
        FailureCode.MethodNotAllowed => StatusCodes.Status405MethodNotAllowed,
        FailureCode.Conflict => StatusCodes.Status409Conflict,
        FailureCode.PreconditionFailed => StatusCodes.Status412PreconditionFailed,
        FailureCode.PayloadTooLarge => StatusCodes.Status413PayloadTooLarge,
        FailureCode.UnsupportedMediaType => StatusCodes.Status415UnsupportedMediaType,
        FailureCode.IdempotencyMismatch or FailureCode.IssueFull => StatusCodes.Status422UnprocessableEntity,
        FailureCode.RateLimited => StatusCodes.Status429TooManyRequests,
        FailureCode.InternalError => StatusCodes.Status500InternalServerError,
        FailureCode.TicketSourceFailed => StatusCodes.Status502BadGateway,
        FailureCode.TicketSourceNotConfigured or FailureCode.TicketSourceUnavailable or FailureCode.StoreUnavailable or FailureCode.QueryTimeout
            or FailureCode.Overloaded => StatusCodes.Status503ServiceUnavailable,
        FailureCode.TicketSourceTimeout => StatusCodes.Status504GatewayTimeout,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, null),
    };

    /// <summary>As in <c>issue_not_found</c>.</summary>
    public static string NameOf(FailureCode code) => JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString());

    /// <summary>As in <c>Issue not found</c>.</summary>
    public static string TitleOf(FailureCode code)
    {
        var words = NameOf(code).Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}

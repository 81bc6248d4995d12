using Microsoft.AspNetCore.Diagnostics;

namespace OrderIssues.WebApi.Errors;

internal sealed partial class ProblemExceptionHandler(
    ProblemWriter problems, FieldErrors fields, ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            // The caller has left; work cancelled for that reason isn't a fault.
            return true;
        }

        var problem = exception switch
        {
            ProblemException known => known,
            FailureException failure => ProblemException.From(failure),
            IOException broken => FrameworkProblems.From(broken),
            _ => new ProblemException(ProblemCode.InternalError, "The service failed; its log tells more under the traceId.", exception),
        };
        if (problem.InnerException is not null)
        {
            LogFailure(problem.InnerException, ProblemTypes.NameOf(problem.Code), ProblemWriter.TraceIdOf(httpContext));
        }

        var endpoint = httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        await problems.WriteAsync(httpContext, problem, fields.Of(endpoint, problem.Errors));
        return true;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Answered {Code} ({TraceId})")]
    private partial void LogFailure(Exception exception, string code, string traceId);
}

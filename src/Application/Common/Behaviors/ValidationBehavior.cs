namespace OrderIssues.Application.Common.Behaviors;

/// <summary>Lets a request through to its handler only when its validators find nothing wrong with it.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = validators.SelectMany(validator => validator.Validate(request).Errors).ToList();
        return errors.Count == 0
            ? next()
            : throw new FailureException(FailureCode.ValidationFailed, "The request breaks the rules listed in errors.") { Errors = errors };
    }
}

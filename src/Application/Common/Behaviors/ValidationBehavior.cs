namespace OrderIssues.Application.Common.Behaviors;

/// <summary>Lets valid requests through to their handlers.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse> where TRequest : IRequest<TResponse>
{
    public Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var errors = validators.SelectMany(validator => validator.Validate(request).Errors).ToList();
        return errors.Count == 0 ? next() : throw FailureException.OfRules(errors);
    }
}

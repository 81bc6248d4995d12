using FluentValidation;
using FluentValidation.Results;

namespace OrderIssues.WebApi.Errors;

/// <summary>Refuses requests for errors that only HTTP has, such as unknown parameters.</summary>
public sealed class RequestErrors(IServiceProvider services)
{
    /// <summary>Passes a request on that has no such errors.</summary>
    /// <param name="request">Request that the parameters or the body were read into.</param>
    /// <param name="errors">Errors that were met on the way.</param>
    /// <exception cref="FailureException">There are errors. It names those of the request's own rules too.</exception>
    public T Require<T>(T request, params IEnumerable<ValidationFailure> errors)
    {
        var found = errors.ToList();
        return found.Count == 0
            ? request
            : throw FailureException.OfRules(
                [.. found, .. services.GetServices<IValidator<T>>().SelectMany(validator => validator.Validate(request).Errors)]);
    }
}

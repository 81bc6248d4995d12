using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using OrderIssues.Application;
using OrderIssues.Application.Issues.Queries;
using OrderIssues.WebApi.Errors;
using OrderIssues.WebApi.Idempotency;
using OrderIssues.WebApi.Issues;
using OrderIssues.WebApi.Issues.Export;
using OrderIssues.WebApi.Json;
using OrderIssues.WebApi.OpenApi;
using OrderIssues.WebApi.Routing;
using OrderIssues.WebApi.Security;
using OrderIssues.WebApi.Tickets;

namespace OrderIssues.WebApi;

internal static class DependencyInjection
{
    /// <summary>What finds out who calls, and refuses who may not.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessConfiguration access)
    {
        services.AddSingleton(access);
        services.AddSingleton<ApiKeys>();
        services.AddSingleton<TokenIssuer>();
        services.AddHttpContextAccessor();
        services.AddSingleton<ICaller, HttpCaller>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationProblems>();
        var authentication = services.AddAuthentication(CredentialScheme.Name)
            .AddScheme<AuthenticationSchemeOptions, CredentialScheme>(CredentialScheme.Name, null);
        if (access.TakesTokens)
        {
            authentication.AddJwtBearer(token =>
            {
                token.Authority = access.Authority.ToString();
                token.Audience = access.Audience;
                token.RequireHttpsMetadata = access.Authority.Scheme == Uri.UriSchemeHttps;
                token.MapInboundClaims = false;
                token.BackchannelTimeout = TokenIssuer.DiscoveryTimeout;
                token.TokenValidationParameters.NameClaimType = JwtRegisteredClaimNames.Sub;
            });
        }

        var authorization = services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var scope in Scopes.All)
        {
            authorization.AddPolicy(scope, policy => policy.RequireAuthenticatedUser().RequireAssertion(request => request.User.Permits(scope)));
        }

        return services;
    }

    /// <summary>Controllers, their mapping, and what turns failures into answers.</summary>
    public static IServiceCollection AddWebApi(this IServiceCollection services, IConfiguration configuration)
    {
        // Core only: without data annotations' validation, which would run beside the pipeline's.
        services.AddMvcCore(options => options.ModelMetadataDetailsProviders.Add(new KeepEmptyStrings())).AddApiExplorer().AddJsonOptions(JsonSetup.Configure);
        services.AddSingleton<IConfigureOptions<MvcOptions>, JsonSetup>();
        services.Configure<RouteOptions>(options => options.SetParameterPolicy<UnreservedConstraint>(UnreservedConstraint.Name));
        services.Configure<ApiBehaviorOptions>(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = FrameworkProblems.ThrowMissingBody;
        });
        services.AddAutoMapper(options =>
        {
            options.LicenseKey = configuration["AutoMapper:LicenseKey"];
            options.AddProfile<IssueProfile>();
            options.AddProfile<TicketProfile>();
        });
        services.AddSingleton<ProblemWriter>();
        services.AddSingleton<FieldErrors>();
        services.AddTransient<RequestErrors>();
        services.AddExceptionHandler<ProblemExceptionHandler>();
        services.AddTransient<IdempotentRequests>();
        services.AddKeyedSingleton<IExportFormat, CsvFormat>(ExportIssues.Csv);
        services.AddKeyedSingleton<IExportFormat, NdjsonFormat>(ExportIssues.Ndjson);
        services.AddHealthChecks();

        // No secret of ours is in an answer beside something that a stranger chose, so that its length tells nothing over TLS either.
        services.AddResponseCompression(options =>
        {
            options.EnableForHttps = true;
            options.MimeTypes = [.. ResponseCompressionDefaults.MimeTypes, ProblemWriter.MediaType, CsvFormat.MediaType, NdjsonFormat.MediaType];
        });
        services.AddOpenApi();
        return services;
    }
}

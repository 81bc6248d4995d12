namespace OrderIssues.WebApi.Errors;

internal static class ProblemsSetup
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.Configure<ApiBehaviorOptions>(options =>
        {
            options.SuppressMapClientErrors = true;
            options.InvalidModelStateResponseFactory = FrameworkProblems.ThrowMissingBody;
        });
        return services
            .AddSingleton<ProblemWriter>()
            .AddSingleton<FieldErrors>()
            .AddSingleton<FailureLog>()
            .AddTransient<RequestErrors>()
            .AddExceptionHandler<ProblemExceptionHandler>();
    }

    public static void UseProblems(this IApplicationBuilder app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(FrameworkProblems.WriteStatusAsync);
    }
}

# terraform test: needs neither a cloud nor a provider.

run "each_program_gets_its_own" {
  command = plan

  variables {
    program = "serve"
    plain   = { ALLOWED_ORIGINS = "[]", PORT = "" }
    secret  = { DATABASE_URL = "mysql://reader" }
  }

  assert {
    condition     = output.environment == { ALLOWED_ORIGINS = "[]" }
    error_message = "A setting without a value is left out."
  }

  assert {
    condition     = nonsensitive(output.secure_environment) == { DATABASE_URL = "mysql://reader" }
    error_message = "Secrets are given as they are."
  }
}

run "a_key_that_is_not_read_is_refused" {
  command = plan

  variables {
    program = "pipeline"
    plain   = { SHOW_SERVICE_ULR = "https://typing.error" }
    secret  = {}
  }

  expect_failures = [output.environment]
}

run "a_secret_is_no_plain_setting" {
  command = plan

  variables {
    program = "pipeline"
    plain   = { DATABASE_URL = "mysql://writer:password@host/db" }
    secret  = {}
  }

  expect_failures = [output.environment]
}

run "a_secret_that_is_not_read_is_refused" {
  command = plan

  variables {
    program = "serve"
    plain   = {}
    secret  = { PASSWORD = "x" }
  }

  expect_failures = [output.secure_environment]
}

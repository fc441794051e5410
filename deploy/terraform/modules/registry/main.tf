# The registry for the image of the pipeline; sign-in with a password is disabled.

resource "azurerm_container_registry" "images" {
  name                = var.name
  resource_group_name = var.place.resource_group
  location            = var.place.location
  tags                = var.place.tags
  sku                 = "Basic"
  admin_enabled       = false
}
